"""Start the whole product on one machine: `python -m beian.launch`, what `./dev run` calls.

Nothing here imports Django: a warm start must answer within seconds, so the launcher only compares
stamps, starts the processes and waits for the web process to answer.
"""
