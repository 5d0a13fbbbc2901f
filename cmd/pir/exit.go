package main

import (
	"errors"

	"pir/incident"
)

// The exit statuses. They are part of the contract: scripts rely on them.
const (
	done    = 0
	failed  = 1 // nothing came of it, or every source failed
	misused = 2 // a flag, pir.yaml, an input that is not there
	found   = 3 // done, and found what the command looks for
)

// exitError is an error that owns its exit status. It is found with errors.As,
// so wrapping keeps it.
type exitError struct {
	status int
	err    error // nil when everything was said already
	hint   string
}

// Error gives the message, without the hint.
func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

// Unwrap gives the cause.
func (e *exitError) Unwrap() error { return e.err }

// misuse marks an error as the caller's. The hint may be empty.
func misuse(err error, hint string) error {
	return &exitError{status: misused, err: err, hint: hint}
}

// status is the exit status of an error.
func status(err error) int {
	var exit *exitError
	var input *incident.InputError
	switch {
	case err == nil:
		return done
	case errors.As(err, &exit):
		return exit.status
	case errors.As(err, &input):
		return misused
	}
	return failed
}

// hintOf is the advice that goes with an error, or "".
func hintOf(err error) string {
	var exit *exitError
	var input *incident.InputError
	switch {
	case errors.As(err, &exit) && exit.hint != "":
		return exit.hint
	case errors.As(err, &input):
		return input.Hint
	}
	return ""
}
