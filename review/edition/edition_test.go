package edition

import (
	"strings"
	"testing"

	"pir/internal/redact"
)

// TestSamples: the samples have nothing that opens anything, and lose no fact.
func TestSamples(t *testing.T) {
	for _, name := range []string{"azure-2024-07-30", "checkout-rollback"} {
		page, side := sample(t, name)
		d := parsed(t, page, side)
		for _, a := range Audiences() {
			e, found := New(d, Options{Audience: a, People: cast1})
			if len(found) > 0 {
				t.Errorf("%s, %s: gate: %v", name, a, found)
			}
			for _, format := range Formats() {
				out, found := e.Write(format)
				if len(found) > 0 {
					t.Errorf("%s, %s, %s: gate: %v", name, a, format, found)
				}
				if strings.Contains(string(out), "-1]") && format != "markdown" {
					t.Errorf("%s, %s, %s: something is masked in what customers see", name, a, format)
				}
			}
			for _, m := range e.Mapping() {
				if m.Rule != "ipv4" { // clients in the log of requests, which customers do not see
					t.Errorf("%s, %s: false alarm: %s", name, a, m.Rule)
				}
			}
			// The facts are those of the page.
			edited := parsed(t, string(e.Markdown()), "").Facts
			if len(edited.Milestones) < len(d.Facts.Milestones) || len(edited.Metrics) < len(d.Facts.Metrics) || len(edited.Windows) < len(d.Facts.Windows) || len(edited.Actions) < len(d.Facts.Actions) {
				t.Errorf("%s, %s: %d milestones, %d measures, %d windows, %d actions, of %d, %d, %d, %d", name, a,
					len(edited.Milestones), len(edited.Metrics), len(edited.Windows), len(edited.Actions),
					len(d.Facts.Milestones), len(d.Facts.Metrics), len(d.Facts.Windows), len(d.Facts.Actions))
			}
		}
	}
}

// TestSameNumbers: the editions of a page have the same numbers.
func TestSameNumbers(t *testing.T) {
	page := "# T\n\n<!-- pir:internal -->\npassword=first-0ne!\n<!-- /pir:internal -->\n\nIt was password=second-0ne!, and [password-7] before.\n"
	var got []string
	for _, a := range Audiences() {
		e, _ := New(parsed(t, page, ""), Options{Audience: a})
		got = append(got, string(e.Body))
	}
	if !strings.Contains(got[0], "password=[password-9]") || !strings.Contains(got[1], "password=[password-9]") {
		t.Errorf("%q", got)
	}
}

// TestPlain: what is taken out leaves sentences behind.
func TestPlain(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{"It failed [[1]] at 12:14 [[2]] [[3]].", "It failed at 12:14."},
		{"**12:33** [[10]]: the pods", "**12:33**: the pods"},
		{"They broke off (`checkout.jsonl:214`, `checkout.jsonl:217`).", "They broke off."},
		{"as `checkout.jsonl:214` and `checkout.jsonl:217` say", "as the records say"},
		{"Counted in `checkout.jsonl`, in `main.go`.", "Counted in the records, in `main.go`."},
		{"It says `[[1]]` in code.", "It says `[[1]]` in code."},
		{"See [the notes](../notes.md) and [the status](https://status.example/).", "See the notes and [the status](https://status.example/)."},
		{"See [what](#evidence-3) and [this][4].", "See what and this."},
		{"Told before [2], see a[2] and [x] [99].\n\n[2]: #evidence-2", "Told before, see a[2] and [x] [99]."},
		{"One <!-- a comment --> word.", "One  word."},
		{"Event e2c873f0146bd, commit e2c873f0146be.", "Event …, commit e2c873f0146be."},
		{"Release `2.41.0` on `node-1:8080`.", "Release `2.41.0` on `node-1:8080`."},
		{"[dana@example.com](mailto:dana@example.com) (dana@example.com)(x)", "[[email-1]](mailto:[email-1]) ([email-1])(x)"},
	} {
		_, side := sample(t, "checkout-rollback")
		e, found := New(parsed(t, "# T\n\n"+c.page+"\n", side), Options{})
		got := strings.TrimSpace(strings.TrimPrefix(string(e.Body), "# T\n\n"))
		if got != c.want {
			t.Errorf("%q is %q, want %q", c.page, got, c.want)
		}
		if len(found) > 0 {
			t.Errorf("%q: %v", c.page, found)
		}
	}
}

// TestGate: what stands in the way is told without saying what it is.
func TestGate(t *testing.T) {
	for _, c := range []struct{ page, rule string }{
		{"# T\n\n<!-- pir:internal -->\nours\n", "marker"},
		{"# T\n\nours\n\n<!-- /pir:internal -->\n", "marker"},
		{"# T\n\nA <!-- pir:internal --> ours <!-- /pir:internal --> b\n", "marker"},
		{"# T\n\n<!-- PIR:Internal -->\n\nours\n\n<!-- /PIR:Internal -->\n", "marker"},
		{"# T\n\nmira@[mail](https://x.example).example\n", "email"},
		{"# T\n\nmira@_mail_.example and mira@__mail__.example\n", "email"},
	} {
		_, found := New(parsed(t, c.page, ""), Options{})
		if len(found) == 0 || found[0].Rule != c.rule {
			t.Errorf("%q: %v, want a finding of %s", c.page, found, c.rule)
		}
		for _, f := range found {
			if s := f.String(); strings.Contains(s, "mira") || strings.Contains(s, "ours") {
				t.Errorf("%q: it says what it is: %s", c.page, s)
			}
		}
	}
}

// TestRows: rows of internal records are left out, unless a milestone rests on
// them; without a sidecar nobody knows.
func TestRows(t *testing.T) {
	page, side := sample(t, "checkout-rollback")
	rows := func(side string, opt Options) (n int, notes string) {
		e, _ := New(parsed(t, page, side), opt)
		return len(parsed(t, string(e.Markdown()), "").Facts.Rows), strings.Join(e.Notes, "\n")
	}
	// Two of them are bullets of the writer's.
	if n, notes := rows(side, Options{People: cast1}); n != 17 || notes != "" {
		t.Errorf("%d rows, want 17; %s", n, notes)
	}
	if n, _ := rows(side, Options{People: cast1, Hidden: []string{"e2c873f0146bd"}}); n != 16 {
		t.Errorf("%d rows, want 16", n)
	}
	if n, notes := rows("", Options{People: cast1}); n < 10 || !strings.Contains(notes, "nobody knows of what kind") {
		t.Errorf("%d rows without a sidecar; %s", n, notes)
	}
	if n, _ := rows(side, Options{Audience: Internal}); n != 24 {
		t.Errorf("%d rows for insiders, want 24", n)
	}
}

// TestRecords: a page that quotes a record shows no customer the record.
func TestRecords(t *testing.T) {
	page, side := sample(t, "checkout-rollback")
	line := `{"time":"2025-09-17T12:14:03.118Z","level":"error","pod":"checkout-1","msg":"payment not started: gateway answered 422","method":"ideal","order":"o-91000","status":422,"version":"2.41.0"}`
	page = strings.Replace(page, "## What went wrong", "```\n- 14:33 Restarted the three pods in case one of them is stuck. Did not help.\n```\n\n## What went wrong", 1)
	e, _ := New(parsed(t, page, side), Options{People: cast1})
	if strings.Contains(string(e.Body), "- 14:33 Restarted") || strings.Contains(string(e.Body), line) {
		t.Error("a record is there as it stands")
	}
	own, err := redact.Own("order", `\bo-[0-9]{5}\b`)
	if err != nil {
		t.Fatal(err)
	}
	inside, _ := New(parsed(t, page, side), Options{Audience: Internal, Own: []redact.Rule{own}})
	if !strings.Contains(string(inside.Body), "[order-1]") || strings.Contains(string(inside.Body), "o-91000") {
		t.Error("a rule of the user's masks nothing")
	}
}

// FuzzEdition: any page gives an edition or findings, and nothing that is in an
// internal part comes through.
func FuzzEdition(f *testing.F) {
	page, _ := sample(f, "checkout-rollback")
	f.Add(page)
	for _, at := range places {
		f.Add("# T\n\n" + at.put("mira.holt@mail.example password=Tr0ub4dour&3"))
	}
	f.Add("a\n<!-- pir:internal -->\n```\n<!-- /pir:internal -->\n```\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 8<<10 {
			t.Skip()
		}
		text = strings.ReplaceAll(text, "zqzq", "") + "\n\n<!-- pir:internal -->\nzqzq secret of the house\n<!-- /pir:internal -->\n"
		e, found := New(parsed(t, text, ""), Options{})
		for _, format := range Formats() {
			out, more := e.Write(format)
			if len(found)+len(more) == 0 && strings.Contains(string(out), "zqzq") {
				t.Fatalf("%s: what is internal is in the edition of %q", format, text)
			}
		}
	})
}
