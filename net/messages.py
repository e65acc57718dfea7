"""What is asked of the fetcher and what it answers. Plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost. Times in seconds (at least a millisecond); sizes in bytes.

    ``idle``: how long less than a byte a second may come (whole seconds). ``wire``: as transferred, over all redirects.
    ``decoded``: of the body once decompressed; each redirect's body counts by itself.
    """

    connect: float = 10.0
    idle: int = 15
    total: float = 60.0
    wire: int = 10_000_000
    decoded: int = 20_000_000
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Request:
    """A page or feed to fetch. ``etag``, ``last_modified``: the validators of the last answer, byte for byte
    (latin-1). ``form``: names and values to send by POST as a form (UTF-8) instead; redirects are not followed then.
    ``json``: bytes to send by POST as JSON instead; likewise. ``fields``: header lines of its own, which may be secret:
    with these no redirect is followed either.
    ``head_only``: of a longer body the first so many bytes are enough; None wants all of it or a failure.
    ``may_follow``: asked of each address that a redirect leads to; at the first that it does not permit, the redirect
    is the answer (``Response.leads_to``) and nobody there is asked anything."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    form: tuple[tuple[str, str], ...] | None = None
    json: bytes | None = None
    fields: tuple[str, ...] = ()
    head_only: int | None = None
    may_follow: Callable[[str], bool] | None = field(default=None, compare=False)

    @property
    def posts(self) -> bool:
        """Whether something is sent."""
        return self.form is not None or self.json is not None

    @property
    def conditional(self) -> bool:
        """Whether "not modified" would be an answer."""
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: 2xx with its ``body``, decoded from its content encoding, or "not modified" (304) without one.

    ``url``: where it finally came from. ``headers``: names in lower case, repeated ones joined by ", " (latin-1).
    ``moved_to``: where unbroken permanent redirects (301, 308) led from the requested address, or None.
    ``fresh_for``: how many seconds the answer asks to be kept for, or None when it does not say. ``took``: milliseconds
    from the first connection to the last byte, over all redirects. ``leads_to``: where a redirect leads that the
    request may not follow, or None.
    """

    status: int
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    moved_to: str | None = None
    fresh_for: int | None = None
    took: int | None = None
    leads_to: str | None = None
