"""What stops a backup or a restore; the text says what to do."""


class BackupFailed(Exception):
    pass
