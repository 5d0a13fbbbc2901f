package logs

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"testing"
	"testing/fstest"
	"time"
)

// benchBytes is the size of each file of the benchmark.
const benchBytes = 32 << 20

// serviceLog writes lines of one format until size is reached: steady traffic,
// a few errors, and thirty minutes in the middle in which every fifth fails.
func serviceLog(format string, size int) []byte {
	rng := rand.New(rand.NewPCG(7, 11))
	var b bytes.Buffer
	b.Grow(size + 1024)
	at := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	step := 24 * time.Hour / time.Duration(size/160)
	for i := 0; b.Len() < size; i++ {
		at = at.Add(step/2 + time.Duration(rng.Int64N(int64(step))))
		failing := at.Day() == 14 && at.Hour() == 14 && at.Minute() < 30
		bad := rng.IntN(200) == 0 || failing && rng.IntN(5) == 0
		writeServiceLine(&b, format, rng, at, bad)
	}
	return b.Bytes()
}

func writeServiceLine(b *bytes.Buffer, format string, rng *rand.Rand, at time.Time, bad bool) {
	status, level, word := 200, "info", "request served"
	if bad {
		status, level, word = 502, "error", "upstream timed out"
	}
	order, ms := rng.IntN(100000), rng.IntN(900)
	switch format {
	case "accesslog":
		fmt.Fprintf(b, "10.0.%d.%d - - [%s] \"GET /api/orders/%d?full=1 HTTP/1.1\" %d %d \"https://shop.example/cart\" \"Mozilla/5.0 (X11; Linux x86_64)\" 0.%03d\n",
			rng.IntN(255), rng.IntN(255), at.Format("02/Jan/2006:15:04:05 -0700"), order, status, rng.IntN(9000), ms)
	case "jsonl":
		fmt.Fprintf(b, `{"level":"%s","ts":"%s","caller":"api/handler.go:%d","msg":"%s","request":{"id":"%08x","path":"/api/orders/%d"},"took_ms":%d,"peer":"10.0.0.%d"}`+"\n",
			level, at.Format("2006-01-02T15:04:05.000000Z07:00"), 40+rng.IntN(9), word, rng.Uint32(), order, ms, rng.IntN(9))
	case "logfmt":
		fmt.Fprintf(b, "ts=%s level=%s msg=\"%s\" order=%d took=%dms worker=%d\n", at.Format("2006-01-02T15:04:05.000000Z07:00"), level, word, order, ms, rng.IntN(8))
		if bad {
			b.WriteString("goroutine 17 [running]:\nmain.serve(0xc0000b2000)\n\t/src/main.go:41 +0x1d\n")
		}
	case "syslog":
		if bad {
			word = "ERROR: " + word
		}
		fmt.Fprintf(b, "%s db1 postgres[%d]: %s: order %d in %d ms on shard %d\n", at.Format(time.Stamp), 900+rng.IntN(5), word, order, ms, rng.IntN(8))
	default:
		fmt.Fprintf(b, "%s %-5s [worker-%d] %s: order %d in %d ms\n", at.Format("2006-01-02 15:04:05.000"), level, rng.IntN(8), word, order, ms)
	}
}

// benchLog is the log of a service, wrapped where name is a wrapping.
func benchLog(name string) []byte {
	var b bytes.Buffer
	switch name {
	case "cri":
		for line := range bytes.Lines(serviceLog("jsonl", benchBytes*3/4)) {
			b.WriteString("2026-07-14T14:02:41.123456789Z stderr F ")
			b.Write(line)
		}
		return b.Bytes()
	case "docker":
		for line := range bytes.Lines(serviceLog("logfmt", benchBytes*2/3)) {
			fmt.Fprintf(&b, `{"log":%q,"stream":"stderr","time":"2026-07-14T14:02:41.123456789Z"}`+"\n", line)
		}
		return b.Bytes()
	}
	return serviceLog(name, benchBytes)
}

func BenchmarkScan(b *testing.B) {
	for _, name := range []string{"jsonl", "accesslog", "syslog", "logfmt", "text", "cri", "docker"} {
		b.Run(name, func(b *testing.B) {
			files := fstest.MapFS{"log": {Data: benchLog(name)}}
			b.SetBytes(int64(len(files["log"].Data)))
			b.ReportAllocs()
			for b.Loop() {
				scanAll(b, files, Options{Anchor: time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)})
			}
		})
	}
}

// scanAll scans every file of a file system, each as a source of its own.
func scanAll(t testing.TB, files fs.FS, opt Options) *Result {
	t.Helper()
	var list []File
	err := fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			list = append(list, File{FS: files, Path: p, Name: p, Source: p})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	res, err := Scan(context.Background(), list, opt)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// BenchmarkParse reads lines with the parsers alone.
func BenchmarkParse(b *testing.B) {
	for _, name := range []string{"jsonl", "accesslog", "syslog", "logfmt", "text"} {
		b.Run(name, func(b *testing.B) {
			data := serviceLog(name, 1<<20)
			lines := bytes.Split(data, []byte("\n"))
			f, _ := Find(name)
			p := f.New(data[:HeadSize])
			var rec Record
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				for _, line := range lines {
					p.Parse(line, false, &rec)
				}
			}
		})
	}
}
