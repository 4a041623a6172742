An editor keeps this beside odd.go; for the go command it is no Go.
