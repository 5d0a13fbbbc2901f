package timeline

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pir/internal/when"
)

// fullInput holds something of everything that the JSON output can carry.
func fullInput(t testing.TB) Input {
	in := inputs(t)["flagship.txtar"]
	at := time.Date(2024, 7, 30, 11, 45, 0, 0, time.UTC)
	in.Incident.ID, in.Incident.Title, in.Incident.Severity, in.Incident.Tags = "KTY", "A <b>title</b>", SeverityCritical, []string{"edge"}
	loc, err := when.LoadZone("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	in.Incident.Display = loc
	in.Signals = []Signal{{
		ID: "s0123456789ab", Source: "edge", Pattern: "timeout <num>", Level: "error", Change: "new", Count: 3, Rate: 1.5,
		First: at, Peak: at, Last: at, Sample: "timeout 1\x1b[31m\xff", Origin: ByteOrigin("edge.log", 12),
	}}
	in.Series = []Series{{Source: "edge", Level: "error", Start: at, Step: time.Minute, Counts: []int64{1, 2}}, {Source: "x"}}
	in.Sources = []Source{{Name: "edge", Path: "edge.log", Status: StatusRead, Skew: -3 * time.Second, First: at, Records: 3, InWindow: 3}}
	in.Figures = []Figure{{Measure: "customers affected", Value: "1200", Evidence: []Evidence{{Origin: "pir.yaml:20", Quote: "1200"}}}}
	in.Actions = []Action{{ID: "A1", Text: "test", Evidence: []Evidence{{Origin: "pir.yaml:30"}}}}
	in.Warnings = []Warning{{Code: WarnRecordMalformed, Message: "edge.log: 2 of 5 lines", Evidence: []Evidence{{Origin: "edge.log:2"}}}}
	in.Left = []Left{{Path: ".git", Why: "hidden"}}
	in.Settings.Vendor = "itil"
	return in
}

// TestJSONKeys walks the output beside the schema: every key of the one is in
// the other, in the same order, with the same type.
func TestJSONKeys(t *testing.T) {
	var schema bytes.Buffer
	if err := WriteSchema(&schema); err != nil {
		t.Fatal(err)
	}
	var s map[string]any
	if err := json.Unmarshal(schema.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]Input{"full": fullInput(t), "empty": {}} {
		var doc any
		if err := json.Unmarshal([]byte(jsonOf(t, Build(in))), &doc); err != nil {
			t.Fatal(err)
		}
		for _, problem := range validate("$", s, doc) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

// validate is the part of JSON Schema that WriteSchema uses.
func validate(path string, schema map[string]any, value any) (problems []string) {
	fail := func(format string, args ...any) {
		problems = append(problems, path+": "+fmt.Sprintf(format, args...))
	}
	if !slices.Contains(typesOf(schema["type"]), typeOf(value)) {
		fail("is %s, want %v", typeOf(value), schema["type"])
		return problems
	}
	if enum, ok := schema["enum"].([]any); ok && !slices.Contains(enum, value) {
		fail("%v is none of %v", value, enum)
	}
	switch v := value.(type) {
	case string:
		if schema["format"] == "date-time" {
			if _, err := time.Parse(time.RFC3339Nano, v); err != nil || !strings.HasSuffix(v, "Z") {
				fail("%q is not RFC 3339 in UTC", v)
			}
		}
	case []any:
		for i, item := range v {
			problems = append(problems, validate(fmt.Sprintf("%s[%d]", path, i), schema["items"].(map[string]any), item)...)
		}
	case map[string]any:
		properties := schema["properties"].(map[string]any)
		for _, name := range schema["required"].([]any) {
			if _, ok := v[name.(string)]; !ok {
				fail("%s is missing", name)
			}
		}
		for name, item := range v {
			p, ok := properties[name].(map[string]any)
			if !ok {
				fail("%s is not in the schema", name)
				continue
			}
			problems = append(problems, validate(path+"."+name, p, item)...)
		}
	}
	return problems
}

func typesOf(v any) []string {
	if s, ok := v.(string); ok {
		if s == "integer" {
			return []string{"number"}
		}
		return []string{s}
	}
	var out []string
	for _, item := range v.([]any) {
		out = append(out, typesOf(item)...)
	}
	return out
}

func typeOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	}
	return "object"
}

// TestContractKeys holds the first keys of each object to the documented list.
// More may follow them; none of these may go.
func TestContractKeys(t *testing.T) {
	text := jsonOf(t, Build(fullInput(t)))
	var doc map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"milestones": "name,episode,time,not_before,not_after,precision,by,scope,outcome,rung,rule,evidence,alternatives,conflict",
		"phases":     "name,start,end,seconds,includes,known",
		"episodes":   "n,component,region,start,end,level",
		"metrics":    "name,seconds,value,known,from,to,at_most,at_least",
		"events": "id,time,end,time_text,precision,observed,zone_from,source,origins,kind,milestone,severity,components,regions,actor," +
			"title,body,url,group,count,party,flags",
		"signals": "id,source,component,pattern,level,change,count,baseline_rate,rate,ratio,first,peak,last,sample,origin",
		"series":  "source,component,level,start,step_seconds,counts",
		"bursts":  "id,source,component,level,start,start_not_before,start_not_after,end,end_not_before,end_not_after,rate_before,rate,rate_after,ratio,rule",
		"sources": "name,path,format,status,party,sha256,bytes_total,bytes_read,records,in_window,outside,continuation,undated,malformed," +
			"out_of_order,first,last,skew,zone_from,provenance",
		"warnings": "code,message,evidence",
	} {
		var list []json.RawMessage
		if err := json.Unmarshal(doc[name], &list); err != nil || len(list) == 0 {
			t.Errorf("%s: %d rows, %v", name, len(list), err)
			continue
		}
		if got := strings.Join(keysOf(t, list[0]), ","); got != want && !strings.HasPrefix(got, want+",") {
			t.Errorf("%s: keys are\n%s\nwant\n%s", name, got, want)
		}
	}
	want := "schema,incident,span,milestones,phases,episodes,metrics,events,signals,series,bursts,sources,warnings,actions,figures,dropped,left_alone"
	if got := strings.Join(keysOf(t, []byte(text)), ","); got != want {
		t.Errorf("keys are %s, want %s", got, want)
	}
}

func keysOf(t *testing.T, object []byte) []string {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(object))
	var keys []string
	if _, err := dec.Token(); err != nil {
		t.Fatal(err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		var skip json.RawMessage
		if err := dec.Decode(&skip); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

func TestJSONRoundTrip(t *testing.T) {
	want := jsonOf(t, Build(fullInput(t)))
	back, err := ReadJSON(strings.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	if got := jsonOf(t, back); got != want {
		t.Errorf("what was read back is written differently: %s", cmp.Diff(want, got))
	}
	if back.Incident.Display == nil || back.Sources[0].Skew != -3*time.Second || back.Signals[0].Origin != ByteOrigin("edge.log", 12) {
		t.Errorf("read back: %+v", back.Incident)
	}
}

func TestReadJSONErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{\n\n{", "line 3"},
		{`{"schema": "pir.timeline/2"}`, `schema is "pir.timeline/2", want "pir.timeline/1"`},
		{"{\"schema\": \"pir.timeline/1\",\n\"events\": 3}", "line 2"},
		{`{"schema": "pir.timeline/1", "span": {"from": "noon"}}`, `time "noon" is not RFC 3339`},
		{`{"schema": "pir.timeline/1", "milestones": [{"precision": "fortnight"}]}`, `precision "fortnight"`},
	} {
		_, err := ReadJSON(strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %s", c.text, err, c.want)
		}
	}
}

// FuzzReadJSON: whatever is read is written, and read again to the same bytes.
func FuzzReadJSON(f *testing.F) {
	f.Add(jsonOf(f, Build(fullInput(f))))
	f.Add(jsonOf(f, Build(Input{})))
	f.Fuzz(func(t *testing.T, text string) {
		tl, err := ReadJSON(strings.NewReader(text))
		if err != nil {
			return
		}
		first := jsonOf(t, tl)
		again, err := ReadJSON(strings.NewReader(first))
		if err != nil {
			t.Fatal(err)
		}
		if second := jsonOf(t, again); second != first {
			t.Fatalf("%s\nis read and written as\n%s", first, second)
		}
	})
}

func TestOriginText(t *testing.T) {
	for _, o := range []Origin{
		LineOrigin("notes.md", 7), ByteOrigin("logs/edge.log.gz", 0), ByteOrigin("a:b.log", 912), PointerOrigin("alerts.json", "/alerts/0"),
		{Path: "whole.json", Byte: -1}, LineOrigin("a:3", 4),
	} {
		if got := ParseOrigin(o.String()); got != o {
			t.Errorf("%s is read as %+v, want %+v", o, got, o)
		}
	}
	for _, text := range []string{"", ":", "a:", "a:0", "a:007", "a@", "a@-1", "a:99999999999999999999", "x#/", "#/a:3"} {
		if got := ParseOrigin(text).String(); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
	}
}

// TestSchemaFile keeps the schema readable in review: testdata holds it.
func TestSchemaFile(t *testing.T) {
	const path = "testdata/schema.json"
	var got bytes.Buffer
	if err := WriteSchema(&got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(want, got.Bytes()) {
		t.Errorf("%s is not what WriteSchema gives (%v); -update rewrites it", path, err)
	}
}

// TestWarningCodes: every code that the package gives is in the table, once.
func TestWarningCodes(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range WarningCodes() {
		if seen[c.Code] || c.Meaning == "" {
			t.Errorf("%s: repeated or without a meaning", c.Code)
		}
		seen[c.Code] = true
	}
	for name, in := range inputs(t) {
		for _, w := range Build(in).Warnings {
			if !seen[w.Code] {
				t.Errorf("%s: warning code %q is not in WarningCodes", name, w.Code)
			}
		}
	}
}
