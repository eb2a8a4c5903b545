from django.urls import include, path

from outside.views import bureau, checks, clock, faces, home, mailbox, ministry

urlpatterns = [
    path("", home.home, name="home"),
    path("phone/", mailbox.phone_list, name="phone-list"),
    path("phone/<str:number>/", mailbox.phone, name="phone"),
    path("mail/", mailbox.mail_list, name="mail-list"),
    path("mail/<str:address>/", mailbox.mail, name="mail"),
    path("bureau/", bureau.case_list, name="bureau-list"),
    path("bureau/switches/", bureau.switches, name="bureau-switches"),
    path("bureau/<uuid:ref>/", bureau.case, name="bureau-case"),
    path("bureau/<uuid:ref>/grant/", bureau.grant_case, name="bureau-grant"),
    path("bureau/<uuid:ref>/refuse/", bureau.refuse_case, name="bureau-refuse"),
    path("ministry/", ministry.ministry, name="ministry"),
    path("ministry/<uuid:ref>/", ministry.fail_domain, name="ministry-domain"),
    path("clock/", clock.show, name="clock"),
    path("clock/step/<str:name>/", clock.step, name="clock-step"),
    path("clock/reset/", clock.reset, name="clock-reset"),
    path("inventory/", checks.inventory, name="inventory"),
    path("real-name/", checks.real_name, name="real-name"),
    path("real-name/<int:pk>/remove/", checks.remove_real_name_rule, name="real-name-remove"),
    path("faces/", faces.faces, name="faces"),
    path("faces/<int:pk>/remove/", faces.remove_face_rule, name="faces-remove"),
    path("domains/", checks.domains, name="domains"),
    path("api/", include("outside.urls_api")),
]
