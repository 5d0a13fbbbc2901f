package site

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// maxSlug is the longest slug in bytes: names of files and addresses have room
// for it everywhere.
const maxSlug = 80

// reserved are names that a file system or a site takes for something else.
var reserved = strings.Fields(`con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9
lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 index readme feed assets tags categories page search`)

// slugOf gives the name of a review in addresses: of its id, which stays what it
// is; of its day and title where it has none. It has ASCII letters in lower
// case, digits and hyphens. What it could not spell, or had to cut, is told
// apart by a checksum.
func slugOf(id, date, title string) string {
	from := strings.TrimSpace(id)
	if from == "" {
		from = strings.TrimSpace(date + " " + title)
	}
	slug, whole := spell(from)
	if len(slug) > maxSlug {
		slug, whole = strings.TrimRight(slug[:maxSlug-9], "-"), false
	}
	if !whole {
		sum := sha256.Sum256([]byte(from))
		slug = strings.TrimLeft(slug+"-"+hex.EncodeToString(sum[:4]), "-")
	}
	if slices.Contains(reserved, slug) {
		slug = "incident-" + slug
	}
	return slug
}

// spell spells a text for an address, and says whether it could spell all of it.
func spell(from string) (string, bool) {
	var b strings.Builder
	whole := true
	for _, r := range strings.ToLower(from) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= 0x80:
			whole = false
			fallthrough
		default:
			if s := b.String(); s != "" && s[len(s)-1] != '-' {
				b.WriteByte('-')
			}
		}
	}
	slug := strings.TrimRight(b.String(), "-")
	return slug, whole && slug != ""
}
