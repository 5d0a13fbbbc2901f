package timeline

// Build merges everything that was read into one Timeline. The order of the
// lists of in does not matter, and nothing in them is changed. Every event of
// in is in Events, was merged into one that is (its origins are kept and Count
// is raised), or is told in Dropped.
func Build(in Input) *Timeline {
	return &Timeline{Incident: in.Incident}
}
