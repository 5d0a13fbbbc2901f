package logs

import (
	"strings"
	"testing"

	"github.com/valyala/fastjson"
)

// TestJSONKeysAreLearned reads objects whose keys no table knows.
func TestJSONKeysAreLearned(t *testing.T) {
	for _, c := range []struct{ name, input, want string }{
		{"own names",
			`{"n":7,"wann":"2024-07-30T11:45:02Z","wie":"WARN","was":"pool is empty","wo":"pool"}` + "\n" +
				`{"n":8,"wann":"2024-07-30T11:45:03Z","wie":"ERROR","was":"no connection","wo":"pool"}`,
			` 1 2024-07-30T11:45:02Z warning: "pool is empty"
 2 2024-07-30T11:45:03Z error: "no connection"
`},
		{"inside an object",
			`{"entry":{"head":{"written_at":"30.07.2024 11:45:02"},"what":"pool is empty"},"level":"error"}`,
			" 1 2024-07-30T11:45:02Z error: \"pool is empty\"\n"},
		{"a known key that holds something else",
			`{"time":"15ms","stamp":"2024-07-30T11:45:02Z","msg":"served"}`,
			" 1 2024-07-30T11:45:02Z unknown: \"served\"\n"},
		{"a name that sounds like a time goes first",
			`{"parent":"2024-07-01T00:00:00Z","logged_date":"2024-07-30T11:45:02Z","msg":"served"}`,
			" 1 2024-07-30T11:45:02Z unknown: \"served\"\n"},
		{"the journal, a message in bytes and one in text",
			`{"__REALTIME_TIMESTAMP":"1722339902000001","PRIORITY":"3","MESSAGE":[110,111,32,27,91,51,49,109,108,117,99,107],"SYSLOG_IDENTIFIER":"orders","_HOSTNAME":"h1"}` + "\n" +
				`{"__REALTIME_TIMESTAMP":"1722339903000001","PRIORITY":"6","MESSAGE":"ok","_SYSTEMD_UNIT":"orders.service","SYSLOG_IDENTIFIER":"orders"}` + "\n" +
				`{"__REALTIME_TIMESTAMP":"1722339903000001","PRIORITY":"6","MESSAGE":["one","two"],"SYSLOG_IDENTIFIER":"orders"}`,
			` 1 2024-07-30T11:45:02.000001Z error in orders: "no \x1b[31mluck"
 2 2024-07-30T11:45:03.000001Z info in orders: "ok"
 3 2024-07-30T11:45:03.000001Z info in orders: "[\"one\",\"two\"]"
`},
	} {
		f, _ := Find("jsonl")
		if got := readLines(f, []byte(c.input+"\n")); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
		if name, sure := Detect("x", []byte(c.input+"\n")); name != "jsonl" || sure < 50 {
			t.Errorf("%s: taken for %q, %d %% sure", c.name, name, sure)
		}
	}
}

// FuzzJSONAgainstLibrary compares the hand-written scan with a library: an
// object that the library takes is a record, and has the same message.
func FuzzJSONAgainstLibrary(f *testing.F) {
	_, a := archive(f, "jsonl")
	for line := range strings.Lines(string(a.Files[0].Data)) {
		f.Add(strings.TrimSuffix(line, "\n"))
	}
	f.Add(`{"a":[{"b":1.5e3},null,true],"msg":"x\"y"}`)
	f.Fuzz(func(t *testing.T, line string) {
		var lib fastjson.Parser
		v, err := lib.Parse(line)
		if err != nil || v.Type() != fastjson.TypeObject || strings.ContainsAny(line, "\n\r") || fastjson.Validate(line) != nil {
			return
		}
		p := &jsonParser{stamps: settleStamps(nil)}
		if !p.scan([]byte(line), false) {
			t.Fatalf("%q is JSON, and refused", line)
		}
		msg := v.GetStringBytes("msg")
		if got := p.fields.value[roleMessage]; msg != nil && strings.Count(line, `"msg"`) == 1 && len(msg) > 0 &&
			p.fields.rank[roleMessage] == 0 && p.fields.quoted[roleMessage] && strings.Count(line, "essage") == 0 &&
			!strings.Contains(line, `\`) && strings.Count(strings.ToLower(line), "m") < 3 && string(got) != string(msg) {
			t.Fatalf("%q: message %q, want %q", line, got, msg)
		}
	})
}
