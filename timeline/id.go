package timeline

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// EventID is the id of an event: "e" and 12 hex digits of SHA-256 over the
// source name, the record's de-duplication key and its step. A record without
// a key is known by its raw text and its ordinal, the number of records with
// the same source, text and step that stand before it. The place in the source
// is not part of it, so that a line inserted above changes no id.
func EventID(e Event, ordinal int) string {
	if e.Key != "" {
		return hashID("e", "key", e.Source, e.Key, e.Step)
	}
	return hashID("e", "raw", e.Source, rawText(&e), e.Step, strconv.Itoa(ordinal))
}

// rawText is what a record without a key is known by.
func rawText(e *Event) string {
	if e.Raw != "" {
		return e.Raw
	}
	return e.TimeText + "\n" + e.Title + "\n" + e.Body
}

func hashID(prefix string, parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p)) + ":" + p))
	}
	return prefix + hex.EncodeToString(h.Sum(nil)[:6])
}
