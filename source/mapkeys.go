package source

// MapKeys are the keys of Options.Map: what a column can be to an event.
func MapKeys() []string { return roleNames() }
