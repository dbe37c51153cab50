"""One module per command of `phuluc`, loaded only when it is called; `command` is what click runs."""
