package incident_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"pir/incident"
	"pir/timeline"
)

// A folder with a pir.yaml becomes a timeline. On disk, the FS would be
// os.DirFS of the folder.
func ExampleLoad() {
	folder := fstest.MapFS{
		"pir.yaml": {Data: []byte("incident: {title: Payments failed}\nsources: [{name: notes, path: notes.md, timezone: Europe/Amsterdam}]\n")},
		"notes.md": {Data: []byte("# Notes 2025-09-12\n\n- 14:20 Impact started.\n- Detected: 14:26\n")},
	}
	result, err := incident.Load(context.Background(), []incident.Input{{FS: folder, Path: "."}}, incident.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	detected, _ := result.Timeline.Milestone(timeline.Detected)
	fmt.Println(result.Timeline.Incident.Title)
	fmt.Println(detected.Time.Format("15:04 MST"), detected.Rung, detected.Evidence[0].Origin)
	// Output:
	// Payments failed
	// 12:26 UTC stated notes.md:4
}
