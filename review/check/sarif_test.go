package check

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"

	"pir/review/document"
)

// sarifSchema is the official one.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := os.ReadFile("testdata/sarif/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// validate gives the fault of a SARIF file; nil for none.
func validate(t *testing.T, schema *jsonschema.Schema, data []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(doc)
}

// TestSARIF: what is written for all cases, and for none, is SARIF, and says the
// same as the findings.
func TestSARIF(t *testing.T) {
	schema := sarifSchema(t)
	var pages []Page
	var lines []string
	for _, a := range archives(t) {
		for _, f := range a.Files {
			if !strings.HasSuffix(f.Name, ".md") {
				continue
			}
			d, err := document.Parse("reviews/a b/ü:"+f.Name, f.Data, nil)
			if err != nil {
				t.Fatal(err)
			}
			found := checkFile(t, a, txtar.File{Name: f.Name, Data: f.Data})
			pages = append(pages, Page{d, found})
			for _, x := range found {
				lines = append(lines, x.Rule.ID)
			}
		}
	}
	for _, list := range [][]Page{pages, nil, {{Document: &document.Document{Name: "-"}}}} {
		data, err := SARIF(list, "0.1.0-dev")
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, schema, data); err != nil {
			t.Errorf("%v", err)
		}
	}
	data, _ := SARIF(pages, "1")
	var log sarifLog
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	results := log.Runs[0].Results
	if len(results) != len(lines) || len(results) < 40 {
		t.Fatalf("%d results of %d findings", len(results), len(lines))
	}
	for i, r := range results {
		if rule := log.Runs[0].Tool.Driver.Rules[r.RuleIndex]; r.RuleID != lines[i] || rule.ID != r.RuleID {
			t.Errorf("result %d is of %s (%s), want %s", i, r.RuleID, rule.ID, lines[i])
		}
	}
	if uri := results[0].Locations[0].Physical.Artifact.URI; !strings.HasPrefix(uri, "reviews/a%20b/%C3%BC:") {
		t.Errorf("uri %s", uri)
	}
}

// TestSARIFSchemaRefuses: a schema that takes anything shows nothing.
func TestSARIFSchemaRefuses(t *testing.T) {
	schema := sarifSchema(t)
	for _, text := range []string{
		`{"version":"2.1.0"}`,
		`{"version":"2.0.0","runs":[]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"pir"}},"results":[{"ruleId":"a"}]}]}`,
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"pir"}},"results":[{"message":{"text":"a"},"level":"bad"}]}]}`,
	} {
		if validate(t, schema, []byte(text)) == nil {
			t.Errorf("%s is taken for SARIF", text)
		}
	}
}
