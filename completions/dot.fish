complete --keep-order --exclusive --command dot --arguments "(COMPLETE=fish dot -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
