package source

import (
	"bytes"
	"context"
	"encoding/csv"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"

	"pir/internal/when"
	"pir/timeline"
)

var csvFormat = Format{
	Name:       "csv",
	Doc:        "tables as CSV or TSV, with a column for the time: by the names of its columns, or by a map (time=…,title=…)",
	Recognised: ".csv or .tsv, commas, tabs or semicolons, and a column for the time",
	Export:     "save the sheet as CSV; --map names its columns",
	Lasts:      "as long as you keep it",
	Sniff:      sniffCSV,
	Parse: func(ctx context.Context, doc Document, opt Options) iter.Seq2[timeline.Event, error] {
		return sequence(ctx, doc, opt, readCSV)
	},
}

// sniffCSV takes tables whose columns say that they hold times, and what
// happened.
func sniffCSV(name string, head []byte) int {
	ending := strings.ToLower(path.Ext(name))
	table := ending == ".csv" || ending == ".tsv" || ending == ".tab"
	if !table && (ending != "" && ending != ".txt") || len(bytes.TrimSpace(head)) == 0 ||
		structured(bytes.TrimSpace(head)) || bytes.IndexByte(head, 0) >= 0 {
		return 0
	}
	if i := bytes.LastIndexByte(head, '\n'); i > 0 && len(head) >= headBytes-4 {
		head = head[:i]
	}
	lines := csvRecords(head, 20)
	comma := delimiter(lines)
	if len(lines) < 2 || comma == 0 {
		return 0
	}
	sh := sheet{columns: cells(lines[0].text, comma)}
	plan, err := sh.plan(nil)
	switch {
	case err != nil && table && timeColumn(cells(lines[0].text, comma)) >= 0:
		return 40 // no names of columns, but a time
	case err != nil:
		return 0
	}
	told := len(plan.columns["title"]) > 0 || len(plan.columns["body"]) > 0 || len(plan.columns["status"]) > 0
	switch {
	case table && told:
		return 92
	case table:
		return 40
	case told && len(sh.columns) > 2 && wordy(sh.columns):
		return 60
	}
	return 0
}

// wordy reports whether all columns have names as tables have them, short and
// different, so that no sentence with commas is taken for a head.
func wordy(columns []string) bool {
	for i, c := range columns {
		if plainName(c) == "" || len(strings.Fields(c)) > 3 || slices.Contains(columns[:i], c) {
			return false
		}
	}
	return true
}

// csvRecord is a record of a table: its text, which may be several lines, and
// the line on which it begins.
type csvRecord struct {
	text string
	line int
}

// A cell in quotes may hold line ends, but a quote that nobody closes must not
// take the rest of the table with it.
const (
	maxRecordLines = 200
	maxRecordBytes = 64 << 10
)

// csvRecords splits a table into its records, at most limit of them where limit
// is above zero.
func csvRecords(data []byte, limit int) []csvRecord {
	var list []csvRecord
	line := 1
	for at := 0; at < len(data) && (limit <= 0 || len(list) < limit); {
		end, lines := recordEnd(data, at)
		if text := strings.TrimRight(string(data[at:end]), "\r\n"); strings.Trim(text, " \t,;|\"") != "" {
			list = append(list, csvRecord{text: strings.ToValidUTF8(text, "\ufffd"), line: line})
		}
		at, line = end, line+lines
	}
	return list
}

// recordEnd finds where the record that begins at a place ends: at the first
// line end outside of a cell in quotes, or, where that is too far, at the first.
// A quote in the middle of a cell, as in 5" disk, opens nothing.
func recordEnd(data []byte, at int) (end, lines int) {
	quoted, fresh := false, true // fresh: a cell begins here
	first := 0
	for i := at; i < len(data) && i-at < maxRecordBytes && lines < maxRecordLines; i++ {
		switch c := data[i]; {
		case c == '\n':
			lines++
			if !quoted {
				return i + 1, lines
			}
			if first == 0 {
				first = i + 1
			}
		case c == '"' && !quoted:
			quoted = fresh
		case c == '"' && i+1 < len(data) && data[i+1] == '"':
			i++ // two are one that is meant
		case c == '"':
			quoted = i+1 < len(data) && strings.IndexByte(",;\t| \r\n", data[i+1]) < 0
		}
		fresh = strings.IndexByte(",;\t|", data[i]) >= 0 || fresh && data[i] == ' '
	}
	if first > 0 {
		return first, 1
	}
	if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
		return at + n + 1, 1
	}
	return len(data), 1
}

// cells splits a record. Quotes that are wrong are taken as they stand.
func cells(text string, comma rune) []string {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace = comma, true, -1, comma != '\t'
	list, err := r.Read()
	if err != nil || strings.Count(text, `"`)%2 == 1 {
		list = strings.Split(text, string(comma)) // a quote that nobody closed
	}
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}

// delimiter is the sign that cuts the most records into the same number of
// cells, more than one; 0 when there is none.
func delimiter(list []csvRecord) rune {
	records := slices.Clone(list)
	for i := range records {
		records[i].text = cut(records[i].text, 8<<10) // enough to vote
	}
	best, bestScore := rune(0), 0
	for _, comma := range ",;\t|" {
		counts := map[int]int{}
		for _, r := range records {
			counts[len(cells(r.text, comma))]++
		}
		head := 0
		if len(records) > 0 {
			head = len(cells(records[0].text, comma))
		}
		if head < 2 || counts[head]*10 < len(records)*6 {
			continue
		}
		if score := counts[head]*100 + min(head, 50); score > bestScore {
			best, bestScore = comma, score
		}
	}
	return best
}

// timeColumn is the first cell that is a time; -1 when none is.
func timeColumn(list []string) int {
	for i, text := range list {
		if len(text) < 8 {
			continue
		}
		if _, err := when.Parse(text, when.Zone{}, 2024); err == nil {
			return i
		}
	}
	return -1
}

func readCSV(s *sink, data []byte) {
	records := csvRecords(data, 0)
	if len(records) == 0 {
		return
	}
	// Some programs say the sign in a first line of its own.
	comma := rune(0)
	if sep, ok := strings.CutPrefix(records[0].text, "sep="); ok && len(sep) == 1 {
		comma, records = rune(sep[0]), records[1:]
	}
	if comma == 0 || comma == '"' || comma == '\n' || comma == '\r' || comma >= 0x80 {
		if comma = delimiter(records[:min(len(records), 50)]); comma == 0 {
			comma = ','
		}
	}
	if len(records) == 0 {
		return
	}
	sh := sheet{origin: timeline.LineOrigin(s.path, records[0].line), columns: cells(records[0].text, comma)}
	if i := timeColumn(sh.columns); i >= 0 {
		sh.columns = numbered(sh.columns, i)
	} else {
		records = records[1:]
	}
	index := map[string]int{}
	for i, c := range sh.columns {
		if _, ok := index[c]; !ok {
			index[c] = i
		}
	}
	for _, r := range records {
		list := cells(r.text, comma)
		sh.rows = append(sh.rows, sheetRow{
			origin: timeline.LineOrigin(s.path, r.line), raw: r.text,
			cell: func(column string) string {
				if i, ok := index[column]; ok && i < len(list) {
					return list[i]
				}
				return ""
			},
		})
	}
	s.readSheet(sh)
}

// numbered names the columns of a table without a head: by their numbers, but
// for the time and the first text behind or before it.
func numbered(first []string, timeAt int) []string {
	names := make([]string, len(first))
	for i := range names {
		names[i] = "column " + strconv.Itoa(i+1)
	}
	names[timeAt] = "time"
	for i := range first {
		if i > timeAt && names[i] != "time" {
			names[i] = "title"
			return names
		}
	}
	if timeAt > 0 {
		names[0] = "title"
	}
	return names
}
