"""The type of a text that is translated when it is shown.

`gettext_lazy` returns a promise, which type checkers do not take for a `str`. Annotate labels and
messages of tables and dataclasses with `LazyText`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as LazyText
else:
    LazyText = str

__all__ = ["LazyText"]
