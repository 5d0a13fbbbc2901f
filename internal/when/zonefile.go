package when

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"sync"
	"time"
)

// zoneZip is the zone database that Go comes with, lib/time/zoneinfo.zip. The
// standard library asks the machine's own database first; this one is the same
// everywhere, so that one release reads one text as one time. Its content is
// in the public domain.
//
//go:embed zoneinfo.zip
var zoneZip []byte

// zoneFiles gives the files of zoneZip by name.
var zoneFiles = sync.OnceValue(func() map[string]*zip.File {
	archive, err := zip.NewReader(bytes.NewReader(zoneZip), int64(len(zoneZip)))
	if err != nil {
		return nil // no zone is known then; a test reads them all
	}
	files := make(map[string]*zip.File, len(archive.File))
	for _, f := range archive.File {
		if !f.FileInfo().IsDir() {
			files[f.Name] = f
		}
	}
	return files
})

// loadZoneFile reads a zone of the database by its IANA name, in the case in
// which the database has it.
func loadZoneFile(name string) (*time.Location, error) {
	if name == "UTC" {
		return time.UTC, nil
	}
	f, ok := zoneFiles()[name]
	if !ok {
		return nil, fmt.Errorf("unknown zone %q", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(name, data)
}
