// Generate writes the reconstructed logs of the Azure sample: an access log of
// the edge, a log of the portal behind it and a log of the network's attack
// protection. No line of them was ever written by a real system. The shape (what
// failed, from when to when, where first and where last) follows what the
// operator and outside observers told; the lines, the rates and the shares are
// made up.
//
// Run it from the top of the repository:
//
//	go run ./samples/azure-2024-07-30/generate
//
// The seed is fixed and the gzip headers carry no time, so that a second run
// writes the same bytes.
package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// logFile is one file to write: its name and the lines in it.
type logFile struct {
	name  string
	lines func() []byte
}

// logFiles are all files, in the order in which they are written.
func logFiles() []logFile {
	return []logFile{
		{"edge-access.log.gz", edgeLog},
		{"portal.jsonl.gz", portalLog},
		{"guard.log.gz", guardLog},
	}
}

func main() {
	dir := flag.String("dir", "samples/azure-2024-07-30/logs", "folder to write to")
	flag.Parse()
	for _, f := range logFiles() {
		path := filepath.Join(*dir, f.name)
		size, err := write(path, f.lines())
		if err != nil {
			fmt.Fprintf(os.Stderr, "generate: %v; run it from the top of the repository or give -dir\n", err)
			os.Exit(1)
		}
		fmt.Printf("%s: %d bytes\n", path, size)
	}
}

// write compresses the lines into the file and says how large it became.
func write(path string, lines []byte) (int, error) {
	var buf bytes.Buffer
	z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		return 0, err
	}
	if _, err := z.Write(lines); err != nil {
		return 0, err
	}
	if err := z.Close(); err != nil {
		return 0, err
	}
	return buf.Len(), os.WriteFile(path, buf.Bytes(), 0o644)
}
