from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from outside import clock
from outside.bilingual import two
from outside.forms.clock import MomentForm
from outside.views.answers import show_form

# Seven days hold five working days in a week without holidays.
STEPS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(hours=24),
    "week": timedelta(days=7),
}


def show(request: HttpRequest) -> HttpResponse:
    """Show the clock, or set it to the moment typed."""
    shown = clock.now().astimezone(clock.SHANGHAI)
    form = MomentForm(request.POST or None, initial={"moment": shown})
    if request.method == "POST" and form.is_valid():
        clock.set_to(form.cleaned_data["moment"])
        return _done(request)
    ahead = _ahead(clock.offset())
    return show_form(request, "outside/clock.html", form, real_now=clock.real_now(), ahead=ahead)


@require_POST
def step(request: HttpRequest, name: str) -> HttpResponse:
    if name not in STEPS:
        raise Http404
    clock.move(STEPS[name])
    return _done(request)


@require_POST
def reset(request: HttpRequest) -> HttpResponse:
    clock.set_offset(timedelta())
    return _done(request)


def _done(request: HttpRequest) -> HttpResponse:
    messages.success(request, two("演示时间已调整。", "The demo clock has been moved."))
    return redirect("clock")


def _ahead(offset: timedelta) -> SafeString:
    """Say how far the demo clock is from the real one."""
    if not offset:
        return two("与真实时间相同", "same as the real time")
    distance = abs(offset)
    hours, minutes = divmod(distance.seconds // 60, 60)
    rest = f"{hours:02d}:{minutes:02d}"
    if offset > timedelta():
        return two(f"快 {distance.days} 天 {rest}", f"{distance.days} d {rest} ahead")
    return two(f"慢 {distance.days} 天 {rest}", f"{distance.days} d {rest} behind")
