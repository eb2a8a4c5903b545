"""Figures for Prometheus: requests counted by each web process, gauges read from the database.

Labels are names of routes, states and kinds: nothing about a person.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import Error
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

requests_total = Counter("beian_requests", "Requests answered.", ["route", "method", "status"])
request_seconds = Histogram(
    "beian_request_seconds",
    "Time to answer a request.",
    ["route", "method"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

# One row per value: the label values, then the figure.
Read = Callable[[], Iterable[tuple[tuple[str, ...], float]]]


@dataclass(frozen=True)
class Gauge:
    name: str
    words: str
    labels: tuple[str, ...]
    read: Read


_gauges: list[Gauge] = []


def gauge(name: str, words: str, *labels: str) -> Callable[[Read], Read]:
    """Register a figure that is read from the database at every scrape."""

    def register(read: Read) -> Read:
        _gauges.append(Gauge(f"beian_{name}", words, labels, read))
        return read

    return register


class _FromDatabase(Collector):
    """The gauges; without a database there is one figure only, which says that."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        is_up = 1.0
        for item in _gauges:
            try:
                rows = list(item.read())
            except Error:
                is_up = 0.0
                break
            family = GaugeMetricFamily(item.name, item.words, labels=item.labels)
            for labels, value in rows:
                family.add_metric(labels, value)
            yield family
        yield GaugeMetricFamily("beian_database_up", "1 if the database answered.", value=is_up)


def exposition() -> bytes:
    """What /metrics answers. With several web processes, their sums."""
    registry = CollectorRegistry()
    registry.register(_FromDatabase())
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY) + generate_latest(registry)
    MultiProcessCollector(registry)
    return generate_latest(registry)
