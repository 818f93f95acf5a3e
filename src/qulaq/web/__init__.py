"""
The web application of one study: the survey that the public fills in, and what the operator sees of it.

    from qulaq.web.opening import open_web
    from qulaq.web.server import serve

    serve(study, host="127.0.0.1", port=8000)

Django is configured from the study, once a process; nobody writes a settings file.
"""
