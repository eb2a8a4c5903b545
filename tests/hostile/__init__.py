"""Files and requests that an honest browser would never send, made by the tests themselves."""
