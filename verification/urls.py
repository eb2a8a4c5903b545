"""Addresses of the verification app, by screen group."""

from verification import urls_documents, urls_people

app_name = "verification"
urlpatterns = [*urls_people.urlpatterns, *urls_documents.urlpatterns]
