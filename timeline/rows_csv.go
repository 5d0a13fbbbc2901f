package timeline

import (
	"encoding/csv"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// WriteCSV writes the rows of WriteRows as comma-separated values below a line
// with their names. Each row is one line: white space collapses, control
// characters show as escapes. Lists are joined by "; ", unknown is empty. A
// text that a spreadsheet would take for a formula gets an apostrophe in front.
// left is how many events have no time, and so no row.
func (t *Timeline) WriteCSV(w io.Writer) (left int, err error) {
	out := csv.NewWriter(w)
	if err := out.Write(columnNames(reflect.TypeFor[docRow]())); err != nil {
		return 0, err
	}
	left, err = t.rows(func(row *docRow) error { return out.Write(cellsOf(nil, reflect.ValueOf(*row))) })
	if err != nil {
		return left, err
	}
	out.Flush()
	return left, out.Error()
}

// columnNames are the JSON keys of a row, in order.
func columnNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			names = append(names, columnNames(f.Type)...)
			continue
		}
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// cellsOf appends the cells of a row in the order of columnNames.
func cellsOf(cells []string, row reflect.Value) []string {
	for i := range row.NumField() {
		if row.Type().Field(i).Anonymous {
			cells = cellsOf(cells, row.Field(i))
			continue
		}
		cells = append(cells, cellOf(row.Field(i)))
	}
	return cells
}

func cellOf(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return cellOf(v.Elem())
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10)
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, v.Index(i).String())
		}
		return defused(plainLine(strings.Join(parts, "; ")))
	}
	return defused(plainLine(v.String()))
}

// defused puts an apostrophe in front of what a spreadsheet would reckon.
func defused(text string) string {
	if text != "" && strings.IndexByte("=+-@|%", text[0]) >= 0 {
		return "'" + text
	}
	return text
}
