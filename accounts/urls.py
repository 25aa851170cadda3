"""The door's addresses."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("guide", views.guide, name="guide"),
    path("tokens", views.tokens, name="tokens"),
]
