package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pir/incident"
)

func quietWorld(messages *strings.Builder) world {
	return world{
		in: strings.NewReader(""), out: new(strings.Builder), err: messages,
		columns: func() int { return 0 }, env: func(string) string { return "" },
	}
}

// TestInterrupted: a run that is stopped says so and fails.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var messages strings.Builder
	got := run(ctx, quietWorld(&messages), []string{"timeline", "../../samples/checkout-rollback"})
	if got != failed || messages.String() != "pir: error: interrupted\n" {
		t.Errorf("status %d, %q", got, messages.String())
	}
}

// TestStatus: the status belongs to the error, however it is wrapped.
func TestStatus(t *testing.T) {
	plain := errors.New("plain")
	for _, c := range []struct {
		err  error
		want int
		hint string
	}{
		{nil, done, ""},
		{plain, failed, ""},
		{misuse(plain, "try this"), misused, "try this"},
		{fmt.Errorf("wrapped: %w", misuse(plain, "try this")), misused, "try this"},
		{fmt.Errorf("wrapped: %w", &exitError{status: found, err: plain}), found, ""},
		{&incident.InputError{Message: "m", Hint: "h"}, misused, "h"},
		{fmt.Errorf("wrapped: %w", &incident.InputError{Message: "m"}), misused, ""},
	} {
		if got := status(c.err); got != c.want {
			t.Errorf("status(%v) = %d, want %d", c.err, got, c.want)
		}
		if got := hintOf(c.err); got != c.hint {
			t.Errorf("hintOf(%v) = %q, want %q", c.err, got, c.hint)
		}
	}
}

// TestStyle: color is for terminals whose user did not refuse it.
func TestStyle(t *testing.T) {
	for _, c := range []struct {
		color    string
		terminal bool
		env      map[string]string
		want     bool
	}{
		{"auto", true, nil, true},
		{"auto", false, nil, false},
		{"auto", true, map[string]string{"NO_COLOR": "1"}, false},
		{"auto", true, map[string]string{"TERM": "dumb"}, false},
		{"always", false, map[string]string{"NO_COLOR": "1"}, true},
		{"never", true, nil, false},
	} {
		if got := styleFor(c.color, c.terminal, func(name string) string { return c.env[name] }).on; got != c.want {
			t.Errorf("%+v: got %t", c, got)
		}
	}
}

// TestWidth: the terminal decides, then COLUMNS, within bounds.
func TestWidth(t *testing.T) {
	for _, c := range []struct {
		terminal int
		columns  string
		want     int
	}{
		{0, "", plainWidth}, {0, "80", 80}, {120, "80", 120}, {10, "", minWidth}, {900, "", maxWidth}, {0, "many", plainWidth},
	} {
		w := world{columns: func() int { return c.terminal }, env: func(string) string { return c.columns }}
		if got := w.tableWidth(); got != c.want {
			t.Errorf("%+v: got %d", c, got)
		}
	}
}
