package logs

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pir/timeline"
)

// exportWriter writes records one by one as an engine does.
type exportWriter struct {
	format string
	n      int
}

func (w *exportWriter) open() string {
	return map[string]string{
		"otlp":          `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"api"}}]},"scopeLogs":[{"scope":{},"logRecords":[`,
		"loki":          `{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"api","namespace":"shop"},"values":[`,
		"gcp-logging":   `[`,
		"cloudwatch":    `{"events":[`,
		"elasticsearch": `{"took":7,"timed_out":false,"_shards":{"total":1},"hits":{"total":{"value":1,"relation":"eq"},"max_score":null,"hits":[`,
		"datadog":       `{"data":[`,
		"splunk":        `{"preview":false,"init_offset":0,"results":[`,
		"log-csv":       "@timestamp,log.level,message,service.name\n",
	}[w.format]
}

func (w *exportWriter) end() string {
	return map[string]string{
		"otlp": `]}]}]}`, "loki": `]}],"stats":{}}}`, "gcp-logging": `]`, "cloudwatch": `],"searchedLogStreams":[]}`,
		"elasticsearch": `]}}`, "datadog": `],"meta":{"status":"done"}}`, "splunk": `]}`,
	}[w.format]
}

// pointer is where record n stands, but its number.
func (w *exportWriter) pointer() string {
	return map[string]string{
		"otlp": "/resourceLogs/0/scopeLogs/0/logRecords/", "loki": "/data/result/0/values/", "gcp-logging": "/", "cloudwatch": "/events/",
		"elasticsearch": "/hits/hits/", "datadog": "/data/", "splunk": "/results/",
	}[w.format]
}

func (w *exportWriter) record(b *bytes.Buffer, at time.Time, level, message string) {
	if w.n++; w.n > 1 && w.end() != "" {
		b.WriteByte(',')
	}
	iso := at.UTC().Format("2006-01-02T15:04:05.000Z")
	inner := strconv.Quote(fmt.Sprintf(`{"level":%q,"msg":%q}`, level, message))
	switch w.format {
	case "otlp":
		number := map[string]int{"info": 9, "error": 17}[level]
		fmt.Fprintf(b, `{"timeUnixNano":"%d","observedTimeUnixNano":"%d","severityNumber":%d,"severityText":%q,"body":{"stringValue":%q},"attributes":[{"key":"n","value":{"intValue":"%d"}}],"traceId":"","spanId":""}`,
			at.UnixNano(), at.UnixNano(), number, level, message, w.n)
	case "loki":
		fmt.Fprintf(b, `["%d",%s]`, at.UnixNano()+int64(w.n%1000), inner)
	case "gcp-logging":
		fmt.Fprintf(b, `{"insertId":"%08x","jsonPayload":{"message":%q,"n":%d},"logName":"projects/shop/logs/stdout","receiveTimestamp":%q,"resource":{"labels":{"service_name":"api","location":"eu"},"type":"cloud_run_revision"},"severity":%q,"timestamp":%q}`,
			w.n, message, w.n, iso, strings.ToUpper(level), iso)
	case "cloudwatch":
		fmt.Fprintf(b, `{"logStreamName":"ecs/api/0f3c9a7b1d2e4f60","timestamp":%d,"message":%s,"ingestionTime":%d,"eventId":"38%054d"}`,
			at.UnixMilli(), inner, at.UnixMilli()+900, w.n)
	case "elasticsearch":
		fmt.Fprintf(b, `{"_index":"logs-2026.07.14","_id":"x%d","_score":null,"_source":{"@timestamp":%q,"log.level":%q,"message":%q,"service":{"name":"api"},"n":%d},"sort":[%d]}`,
			w.n, iso, level, message, w.n, at.UnixMilli())
	case "datadog":
		fmt.Fprintf(b, `{"id":"AQ%d","type":"log","attributes":{"timestamp":%q,"status":%q,"service":"api","host":"web-1","message":%q,"tags":["env:prod"]}}`,
			w.n, iso, level, message)
	case "splunk":
		fmt.Fprintf(b, `{"_time":%q,"_raw":%s,"host":"web-1","app":"api","source":"/var/log/app.log","_cd":"17:%d"}`, iso, inner, w.n)
	case "victorialogs":
		fmt.Fprintf(b, "{\"_time\":%q,\"_stream_id\":\"0\",\"_stream\":\"{app=\\\"api\\\"}\",\"_msg\":%s,\"n\":\"%d\"}\n", iso, inner, w.n)
	case "log-csv":
		fmt.Fprintf(b, "%q,%s,%q,api\n", at.UTC().Format("Jan 2, 2006 @ 15:04:05.000"), level, message)
	case "jsonl":
		fmt.Fprintf(b, "{\"time\":%q,\"level\":%q,\"msg\":%q,\"service\":\"api\"}\n", iso, level, message)
	}
}

// exported is an export of about so many bytes in one line: steady traffic and
// thirty minutes in which every fifth request fails.
func exported(format string, size int) []byte {
	var b bytes.Buffer
	e := newExporter(format)
	e.write(&b, size)
	return b.Bytes()
}

// exporter writes an export piece by piece.
type exporter struct {
	exportWriter
	rng *rand.Rand
	at  time.Time
}

func newExporter(format string) *exporter {
	return &exporter{
		exportWriter: exportWriter{format: format}, rng: rand.New(rand.NewPCG(7, 11)), at: time.Date(2026, 7, 14, 12, 0, 0, 0, time.UTC),
	}
}

func (e *exporter) write(b *bytes.Buffer, size int) {
	b.WriteString(e.open())
	if e.format == "jsonl" {
		b.Truncate(0)
	}
	step := 6 * time.Hour / time.Duration(size/300+1)
	for b.Len() < size {
		e.next(b, step)
	}
	b.WriteString(e.end())
	b.WriteByte('\n')
}

func (e *exporter) next(b *bytes.Buffer, step time.Duration) {
	e.at = e.at.Add(step/2 + time.Duration(e.rng.Int64N(int64(step)))).Truncate(time.Millisecond)
	failing := e.at.Hour() == 14 && e.at.Minute() < 30
	level, message := "info", fmt.Sprintf("request served: order %d", e.rng.IntN(100000))
	if e.rng.IntN(200) == 0 || failing && e.rng.IntN(5) == 0 {
		level, message = "error", fmt.Sprintf("upstream timed out: order %d", e.rng.IntN(100000))
	}
	e.record(b, e.at, level, message)
}

// What an engine saved shows the same as the lines of the program.
func TestExportsReadAsLines(t *testing.T) {
	const records = 4000
	write := func(format string) []byte {
		var b bytes.Buffer
		e := newExporter(format)
		if format != "jsonl" {
			b.WriteString(e.open())
		}
		for range records {
			e.next(&b, 6*time.Hour/records)
		}
		b.WriteString(e.end())
		return b.Bytes()
	}
	want := scanAll(t, oneFile(write("jsonl")), Options{})
	if len(want.Bursts) != 1 || len(want.Signals) < 1 {
		t.Fatalf("%d bursts, %d signals", len(want.Bursts), len(want.Signals))
	}
	for _, f := range documentFormats() {
		got := scanAll(t, oneFile(write(f.Name)), Options{})
		balance(t, got)
		if s := got.Sources[0]; s.Format != f.Name || s.Records != records || s.Malformed != 0 || s.OutOfOrder != 0 || s.SHA256 == "" {
			t.Errorf("%s: %+v", f.Name, s)
		}
		if len(got.Warnings) > 0 && f.Name != "elasticsearch" && f.Name != "log-csv" {
			t.Errorf("%s: %v", f.Name, got.Warnings)
		}
		if f.Name == "loki" { // its times are a little later
			continue
		}
		sameText(t, f.Name+" series", asText(t, got.Series), asText(t, want.Series))
		if len(got.Signals) != len(want.Signals) || len(got.Bursts) != 1 {
			t.Errorf("%s: %d signals, %d bursts", f.Name, len(got.Signals), len(got.Bursts))
			continue
		}
		for i, s := range got.Signals {
			w := want.Signals[i]
			if s.ID != w.ID || s.Count != w.Count || s.Pattern != w.Pattern || !s.First.Equal(w.First) {
				t.Errorf("%s: signal %+v, want %+v", f.Name, s, w)
			}
			want := w.Origin
			if pointer := (&exportWriter{format: f.Name}).pointer(); pointer != "" {
				want = timeline.PointerOrigin("app.log", pointer+strconv.Itoa(w.Origin.Line-1))
			} else if f.Name == "log-csv" {
				want.Line++
			}
			if s.Origin != want {
				t.Errorf("%s: signal from %s, want %s", f.Name, s.Origin, want)
			}
		}
	}
}

// The lines of an export are listed in the order of time, with their places.
func TestLinesOfExports(t *testing.T) {
	_, a := archive(t, "gcp-logging")
	files := []File{{FS: oneFile(a.Files[0].Data), Path: "app.log", Name: "gcp.json", Source: "gcp"}}
	for _, size := range []int{lineChunkSize, 600} {
		got, res := listing(t, files, Options{}, size)
		balance(t, res)
		want := []string{
			"- gcp.json#/5 {\"severity\": \"INFO\"}", "2024-07-30T11:46:41.100000000Z gcp.json#/3 {\"insertId\": \"a4\",", "2024-07-30T11:46:43.000000000Z gcp.json#/2 ",
			"2024-07-30T11:46:43.500000000Z gcp.json#/1 ", "2024-07-30T11:46:44.899399657Z gcp.json#/0 ", "- gcp.json#/", "2024-07-30T11:46:46.000000000Z gcp.json:52 ",
			"- gcp.json:53 ", "2024-07-30T11:46:47.000000000Z gcp.json:54 ",
		}
		lines := strings.Split(got, "\n")
		for _, w := range want {
			found := false
			for _, line := range lines {
				found = found || strings.HasPrefix(line, w)
			}
			if !found {
				t.Errorf("chunks of %d: no line %q in\n%s", size, w, got)
			}
		}
	}
	opt := Options{From: time.Date(2024, 7, 30, 11, 46, 43, 0, time.UTC), To: time.Date(2024, 7, 30, 11, 46, 44, 0, time.UTC)}
	got, _ := listing(t, files, opt, lineChunkSize)
	if strings.Count(got, "\n") != 2 || !strings.HasPrefix(got, "2024-07-30T11:46:43.000Z gcp.json#/2 ") {
		t.Errorf("in a window\n%s", got)
	}
}

func TestLiftedExports(t *testing.T) {
	_, a := archive(t, "elasticsearch")
	res, err := Lift(t.Context(), File{FS: oneFile(a.Files[0].Data), Path: "app.log", Name: "hits.json", Source: "es"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	balance(t, res)
	if len(res.Events) != 6 {
		t.Fatalf("%d events", len(res.Events))
	}
	first, last := res.Events[0], res.Events[5]
	if first.Origins[0].String() != "hits.json#/hits/hits/0" || first.Title != "upstream timed out" || first.Components[0] != "checkout" ||
		last.Origins[0].String() != "hits.json:29" || !strings.HasPrefix(last.Raw, `{"_index":`) {
		t.Errorf("%+v\n%+v", first, last)
	}
}

// warned gives the text of the first warning with a code.
func warned(res *Result, code string) string {
	for _, w := range res.Warnings {
		if w.Code == code {
			return w.Message
		}
	}
	return ""
}

func TestExportsThatStopAtTheirLimit(t *testing.T) {
	hit := `{"_index":"a","_id":"%d","_source":{"@timestamp":"2024-07-30T11:46:40Z","message":"x"}}`
	event := `{"timestamp":1722340000000,"message":"x","eventId":"%d"}`
	many := func(format string, n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(format, i))
		}
		return strings.Join(list, ",")
	}
	for name, c := range map[string]struct{ data, want string }{
		"total":      {`{"took":1,"hits":{"total":{"value":10000,"relation":"gte"},"hits":[` + many(hit, 3) + `]}}`, "3 of the at least 10000"},
		"old total":  {`{"took":1,"hits":{"total":17,"hits":[` + many(hit, 3) + `]}}`, "3 of the 17"},
		"all":        {`{"took":1,"hits":{"total":{"value":3,"relation":"eq"},"hits":[` + many(hit, 3) + `]}}`, ""},
		"ten of ten": {`{"took":1,"hits":{"total":{"value":10,"relation":"eq"},"hits":[` + many(hit, 10) + `]}}`, ""},
		"next":       {`{"events":[` + many(event, 3) + `],"nextToken":"x"}`, "a next page"},
		"last page":  {`{"events":[` + many(event, 3) + `],"nextToken":"x"}` + "\n" + `{"events":[` + many(`{"timestamp":1722340000000,"message":"y","eventId":"b%d"}`, 3) + `]}`, ""},
		"null":       {`{"events":[` + many(event, 3) + `],"nextToken":null}`, ""},
		"rows":       {`{"results":[` + many(`[{"field":"@timestamp","value":"2024-07-30 11:46:40.000"},{"field":"@message","value":"x"},{"field":"@ptr","value":"%d"}]`, 2) + `],"statistics":{"recordsMatched":900.0},"status":"Complete"}`, "2 of the 900"},
		"loki":       {`{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"a"},"values":[` + many(`["17223400000000%05d","x"]`, 100) + `]}]}}`, "exactly 100"},
		"loki 99":    {`{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"a"},"values":[` + many(`["17223400000000%05d","x"]`, 99) + `]}]}}`, ""},
		"matrix":     {`{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"app":"a"},"values":[[1722340000,"5"],[1722340060,"6"]]}],"stats":{}}}`, "numbers (matrix)"},
		"datadog":    {`{"data":[{"id":"a","type":"log","attributes":{"timestamp":"2024-07-30T11:46:40Z","message":"x"}}],"meta":{"page":{"after":"e"}}}`, "a next page"},
	} {
		res := scanAll(t, oneFile([]byte(c.data)), Options{})
		balance(t, res)
		if got := warned(res, timeline.WarnSourceTruncated); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q; %+v", name, got, c.want, res.Sources[0])
		}
	}
}

// Pages that overlap are counted once, whichever file is read sooner.
func TestRecordsThatComeAgain(t *testing.T) {
	page := func(from, to int) []byte {
		var b bytes.Buffer
		b.WriteString(`{"events":[`)
		for i := from; i < to; i++ {
			if i > from {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"timestamp":%d,"message":"ERROR order %d","ingestionTime":1,"eventId":"%d"}`, 1722340000000+1000*i, i, i)
		}
		b.WriteString(`]}`)
		return b.Bytes()
	}
	files := fstest.MapFS{"1.json": {Data: page(0, 3000)}, "2.json": {Data: page(2500, 4000)}, "3.json": {Data: page(0, 5000)}}
	for _, workers := range []int{1, 2, 8} {
		res := scanAll(t, files, Options{Workers: workers})
		balance(t, res)
		var counts []int64
		for _, s := range res.Sources {
			counts = append(counts, s.Records)
		}
		if fmt.Sprint(counts) != "[3000 1000 1000]" {
			t.Errorf("%d workers: records %v", workers, counts)
		}
		if got := warned(res, timeline.WarnRecordDuplicate); !strings.Contains(got, "2.json: 500 of 1500 entries came before, by their eventId") {
			t.Errorf("%q", got)
		}
		list := []File{}
		for _, name := range []string{"1.json", "2.json", "3.json"} {
			list = append(list, File{FS: files, Path: name, Name: name, Source: name})
		}
		lines, _ := listing(t, list, Options{Workers: workers}, 4<<10)
		if n := strings.Count(lines, "\n"); n != 5000 {
			t.Errorf("%d workers: %d lines", workers, n)
		}
		if spans, err := Spans(t.Context(), list, Options{}); err != nil || spans[2].First.IsZero() {
			t.Errorf("%v, %+v", err, spans)
		}
	}
}

func TestSeenIDsForgetTheOldest(t *testing.T) {
	s := &seenIDs{}
	for i := range uint64(3 * mostSeen) {
		if s.add(i) {
			t.Fatalf("%d is new", i)
		}
	}
	if len(s.fresh)+len(s.old) > 2*mostSeen {
		t.Errorf("%d ids are kept", len(s.fresh)+len(s.old))
	}
	if !s.add(3*mostSeen-1) || !s.add(3*mostSeen-mostSeen) {
		t.Error("a fresh id is forgotten")
	}
}

// longExport is an export that is never in memory as a whole.
type longExport struct {
	e    *exporter
	buf  bytes.Buffer
	left int
	done bool
}

func (l *longExport) Read(p []byte) (int, error) {
	for l.buf.Len() < len(p) && !l.done {
		if l.e.n == 0 {
			l.buf.WriteString(l.e.open())
		}
		before := l.buf.Len()
		l.e.next(&l.buf, 50*time.Millisecond)
		if l.left -= l.buf.Len() - before; l.left < 0 {
			l.buf.WriteString(l.e.end())
			l.done = true
		}
	}
	return l.buf.Read(p)
}

// A document of one long line is read in memory that does not grow with it.
func TestLongExportsInBoundedMemory(t *testing.T) {
	const size = 48 << 20
	for _, name := range []string{"loki", "elasticsearch", "otlp", "log-csv"} {
		d := documentOf(name)
		u := newUnroller(d, &longExport{e: newExporter(name), left: size})
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		n, err := io.Copy(io.Discard, u)
		runtime.GC()
		runtime.ReadMemStats(&after)
		if err != nil || n < size/2 || u.places.n < 100_000 {
			t.Fatalf("%s: %v, %d bytes, %d records", name, err, n, u.places.n)
		}
		if len(u.buf) > unrollBuffer || cap(u.out) > 2*unrollAhead || len(u.places.index) > 100 {
			t.Errorf("%s: %d bytes of buffer, %d of lines, %d of places", name, len(u.buf), cap(u.out), len(u.places.index))
		}
		if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 8<<20 {
			t.Errorf("%s: the heap grew by %d bytes", name, grown)
		}
		runtime.KeepAlive(u)
	}
}

func BenchmarkExports(b *testing.B) {
	for _, name := range []string{"jsonl", "otlp", "loki", "gcp-logging", "cloudwatch", "elasticsearch", "datadog", "splunk", "victorialogs", "log-csv"} {
		b.Run(name, func(b *testing.B) {
			files := fstest.MapFS{"log": {Data: exported(name, benchBytes)}}
			b.SetBytes(int64(len(files["log"].Data)))
			b.ReportAllocs()
			for b.Loop() {
				scanAll(b, files, Options{})
			}
		})
	}
}

func BenchmarkUnroll(b *testing.B) {
	for _, name := range []string{"otlp", "loki", "gcp-logging", "elasticsearch", "log-csv"} {
		b.Run(name, func(b *testing.B) {
			data := exported(name, 16<<20)
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				u := newUnroller(documentOf(name), bytes.NewReader(data))
				u.seen = &seenIDs{}
				if _, err := io.Copy(io.Discard, u); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// Sources alone, as jq prints them, are records; as lines they are those of any
// program.
func TestBareSources(t *testing.T) {
	lines := `{"@timestamp":"2024-07-30T11:46:40Z","log.level":"error","message":"upstream timed out","service":{"name":"api"}}
{"@timestamp":"2024-07-30T11:46:41Z","log.level":"info","message":"request served","service":{"name":"api"}}
`
	printed := strings.NewReplacer(",", ",\n  ", `{"@`, "{\n  \"@", "}}\n", "}\n}\n").Replace(lines)
	for format, data := range map[string]string{"jsonl": lines, "elasticsearch": printed} {
		res := scanAll(t, oneFile([]byte(data)), Options{})
		if s := res.Sources[0]; s.Format != format || s.Records != 2 || s.InWindow != 2 || s.Malformed != 0 {
			t.Errorf("%+v of\n%s", s, data)
		}
	}
}

// A table of a person is none of an engine.
func TestTablesOfOthers(t *testing.T) {
	for _, data := range []string{
		"time,what\n2024-07-30 11:46,paged\n", "timestamp,title,who\n2024-07-30T11:46:40Z,rolled back,Kim\n", "date,host,party\n2024-07-30,Kim,no\n",
	} {
		if sure := sniffLogCSV([]byte(data)); sure > 0 {
			t.Errorf("%d %% sure of %q", sure, data)
		}
	}
}
