package source

import "unicode/utf8"

// Formats are the documents that can be read, in the order in which they are
// tried: of formats that are equally sure of a document the first one wins.
var Formats = []Format{
	timelineFormat,
	statuspageFormat,
	gcpStatusFormat,
	awsHealthFormat,
	azureFormat,
	cloudTrailFormat,
	kubernetesFormat,
	githubFormat,
	gitlabFormat,
	gitFormat,
	statusFeedFormat,
	csvFormat,
	jsonFormat,
	grafanaFormat,
	alertmanagerFormat,
	pagerdutyFormat,
	slackdumpFormat,
	slackFormat,
	teamsFormat,
	opsgenieFormat,
	jiraFormat,
	incidentIOFormat,
	firehydrantFormat,
	pastedFormat,
	notesFormat,
}

// Find looks a format up by its name.
func Find(name string) (*Format, bool) {
	for i := range Formats {
		if Formats[i].Name == name {
			return &Formats[i], true
		}
	}
	return nil, false
}

// headBytes is how much of a document a Sniff is shown at most.
const headBytes = 64 << 10

// Detect finds the format that is surest of a document, and how sure it is (0
// to 100). name is the base name of the document, head its decompressed
// beginning. No format and 0 mean that the document is not recognised.
func Detect(name string, head []byte) (*Format, int) {
	if len(head) > headBytes {
		head = head[:headBytes]
	}
	head = decodeText(head)
	var best *Format
	sure := 0
	for i := range Formats {
		if n := Formats[i].Sniff(name, head); n > sure {
			best, sure = &Formats[i], n
		}
	}
	return best, sure
}

// validHead reports whether a beginning is text. Its last character may be cut
// in the middle.
func validHead(head []byte) bool {
	for n := 1; n < utf8.UTFMax && n <= len(head); n++ {
		if last := head[len(head)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				head = head[:len(head)-n]
			}
			break
		}
	}
	return utf8.Valid(head)
}
