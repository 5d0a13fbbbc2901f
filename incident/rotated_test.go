package incident

import (
	"testing"

	"pir/logs"
)

// TestPartsOfRotatedLogs tells which files are one source. Files of one line are
// parts of one log; of each line the first word is its name, "" where each file
// is a source of its own.
func TestPartsOfRotatedLogs(t *testing.T) {
	tests := []struct {
		source string
		files  []string
	}{
		{"access.log", []string{"access.log", "access.log.1", "access.log.2.gz"}},
		{"access.log", []string{"access.log.1", "access.log.2.gz"}},
		{"logs/access.log", []string{"logs/access.log", "logs/access.log-20250602.gz", "logs/access.log-20250603"}},
		{"app.log", []string{"app.2025-06-02.log", "app.2025-06-03.log.zst"}},
		{"app.log", []string{"app-2025-06-03-14.log", "app-2025-06-03-15.log", "app.log"}},
		{"0.log", []string{"0.log", "0.log.20250603-140506.gz"}},
		{"syslog", []string{"syslog", "syslog.1", "syslog.2.gz"}},
		{"web.log", []string{"web.log", "web.1.log", "web.2.log"}},
		{"", []string{"web-1.log", "web-2.log"}},
		{"", []string{"web.1.log", "web.2.log"}},
		{"", []string{"redis-10.0.0.1", "redis-10.0.0.2"}},
		{"", []string{"worker.1", "worker.2"}},
		{"", []string{"a/access.log", "b/access.log.1"}},
		{"", []string{"access.log", "error.log.1"}},
		{"", []string{"access.log", "access.log.gz", "access.log.1"}},
	}
	for _, tt := range tests {
		var files []file
		var list []logs.File
		for _, name := range tt.files {
			files = append(files, file{spec: spec{path: name}, cited: name})
			list = append(list, logs.File{Name: name, Source: name, Format: "accesslog"})
		}
		joinRotated(files, list)
		for i, f := range list {
			want := tt.source
			if want == "" {
				want = tt.files[i]
			}
			if f.Source != want || f.Name != tt.files[i] {
				t.Errorf("%s of %q: source %q, want %q", f.Name, tt.files, f.Source, want)
			}
		}
	}
}
