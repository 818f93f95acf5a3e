"""Who may see what; to everybody else a page does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from qulaq.web.accounts.models import User

View = Callable[..., HttpResponse]


def _only(allowed: Callable[[User], bool]) -> Callable[[View], View]:
    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            user = request.user
            if not (isinstance(user, User) and user.is_active and allowed(user)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


for_users = _only(lambda _: True)
for_readers_of_answers = _only(lambda user: user.may_read_answers)
for_coders = _only(lambda user: user.may_code)
for_owners = _only(lambda user: user.owns)
