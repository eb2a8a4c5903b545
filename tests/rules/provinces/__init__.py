"""Every province: its rules told as cases, one file each."""
