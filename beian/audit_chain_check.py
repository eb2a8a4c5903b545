"""Whether the sealed rows say what they said, read seal by seal: a million rows need no memory."""

from collections.abc import Iterable, Iterator

from django.db.models import Model

from beian.audit_chain import covered_columns, hash_of, marks_of, unpacked
from beian.models import AuditSeal

# Rows named for each seal and kind of change.
_NAMED = 5
_CHUNK = 20


class ChainCheck:
    """Reads the chain once; `count` rows were under seals, `newest` is the last seal."""

    def __init__(self, models: Iterable[type[Model]]) -> None:
        self.models = {model._meta.db_table: model for model in models}
        self.newest: AuditSeal | None = None
        self.count = 0
        self._last_ids: dict[str, int | None] = dict.fromkeys(self.models)

    def problems(self) -> Iterator[str]:
        for seal in AuditSeal.objects.order_by("number").iterator(_CHUNK):
            yield from self._of_seal(seal)
            if seal.table in self.models:
                yield from self._of_rows(seal)
                self._last_ids[seal.table] = seal.last_id
            self.newest = seal
            self.count += seal.row_count

    def unsealed(self) -> int:
        """Rows younger than the last seal of their table; asked after `problems`."""
        return sum(
            (rows.filter(pk__gt=last) if last is not None else rows).count()
            for table, last in self._last_ids.items()
            for rows in [self.models[table]._base_manager.all()]
        )

    def _of_seal(self, seal: AuditSeal) -> Iterator[str]:
        number, fingerprint = (
            (self.newest.number, self.newest.seal_hash) if self.newest else (0, "")
        )
        if seal.number != number + 1:
            yield f"seals {number + 1} to {seal.number - 1}: removed"
        elif seal.previous_hash != fingerprint:
            yield f"seal {seal.number}: does not follow the seal before it"
        if hash_of(seal) != seal.seal_hash:
            yield f"seal {seal.number}: changed, or made with another key"

    def _of_rows(self, seal: AuditSeal) -> Iterator[str]:
        model = self.models[seal.table]
        if gone := set(seal.columns) - set(covered_columns(model)):
            yield f"seal {seal.number}: {seal.table} has no {', '.join(sorted(gone))} any more"
            return
        # From where the last one ended, whatever this one says: no row may lie between two seals.
        after = self._last_ids[seal.table]
        sealed = unpacked(bytes(seal.marks))
        found = dict(marks_of(model, seal.columns, after=after, last=seal.last_id))
        yield from _named(seal, "removed", sealed.keys() - found.keys())
        yield from _named(seal, "added under the seal", found.keys() - sealed.keys())
        both = sealed.keys() & found.keys()
        yield from _named(seal, "changed", {pk for pk in both if sealed[pk] != found[pk]})


def _named(seal: AuditSeal, what: str, ids: set[int]) -> Iterator[str]:
    for pk in sorted(ids)[:_NAMED]:
        yield f"{seal.table} {pk}: {what} since seal {seal.number}"
    if len(ids) > _NAMED:
        yield f"{seal.table}: {len(ids) - _NAMED} more {what} since seal {seal.number}"
