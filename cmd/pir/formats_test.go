package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"pir/incident"
)

// TestFormatsListsEveryKind: what can be read is listed, one line each, and
// told by its name.
func TestFormatsListsEveryKind(t *testing.T) {
	list := output(t, "formats")
	for _, k := range incident.Kinds() {
		if k.Recognised == "" || k.Export == "" || k.Lasts == "" {
			t.Errorf("%s: nothing says how it is recognised, exported, or how long it lasts", k.Name)
		}
		if !strings.Contains("\n"+list, "\n"+k.Name+" ") {
			t.Errorf("pir formats does not list %s", k.Name)
		}
		if one := output(t, "formats", k.Name); !strings.HasPrefix(one, k.Name+" ") {
			t.Errorf("pir formats %s prints %q", k.Name, one)
		}
	}
}

// output runs a command that is to succeed, and gives what it prints.
func output(t *testing.T, args ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	w := world{
		in: strings.NewReader(""), out: &out, err: &messages,
		columns: func() int { return 0 }, env: func(string) string { return "" },
	}
	if status := run(context.Background(), w, args); status != done {
		t.Fatalf("pir %s: exit status %d: %s", strings.Join(args, " "), status, messages.String())
	}
	return out.String()
}
