"""Registering, signing in, real-name status, messages."""

from django.urls import path

from verification.views import account, messages, register, sign_in, staff, staff_home, unsent

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.sign_in_code, name="sign-in-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("register/", register.register, name="register"),
    path("register/code/", register.register_code, name="register-code"),
    path("register/account/", register.register_account, name="register-account"),
    path("staff/sign-in/", staff.staff_sign_in, name="staff-sign-in"),
    path("staff/second-factor/", staff.second_factor, name="staff-second-factor"),
    path("staff/", staff_home.home, name="staff-home"),
    path("account/", account.account, name="account"),
    path("account/real-name/", account.real_name, name="real-name"),
    path("unsent/", unsent.unsent, name="unsent"),
    path("messages/", messages.messages, name="messages"),
]
