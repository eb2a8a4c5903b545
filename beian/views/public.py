"""Pages for everybody: home, help, statements, the choice of language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from beian.access import Level, access
from beian.language import keep_language, note_choice, store_language
from beian.legal_texts import legal_text
from beian.shown_figures import shown_figures


@access(Level.PUBLIC)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html", {"figures": shown_figures()})


@access(Level.PUBLIC)
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "public/help.html")


@access(Level.PUBLIC)
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    texts = [legal_text("privacy_notice"), legal_text("contact_notice")]
    return render(request, "public/legal.html", {"texts": texts})


@access(Level.PUBLIC)
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@access(Level.PUBLIC)
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language with the user and in a cookie, then go back to the page."""
    response = HttpResponseRedirect(_next_page(request))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        store_language(request.user, language)
    else:
        note_choice(response, language)
    keep_language(response, language)
    return response


def _next_page(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else reverse("public:home")
