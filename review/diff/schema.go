package diff

import (
	"io"
	"reflect"
	"strings"
)

// WriteSchema writes the JSON Schema (draft 2020-12) of WriteJSON's output. It
// is made from the same structs and the table of types, so that they cannot
// drift apart.
func WriteSchema(w io.Writer) error {
	root := schemaOf(reflect.TypeFor[written]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = "urn:" + strings.ReplaceAll(Schema, "/", ":")
	root["title"] = "What changed between two reviews"
	properties := root["properties"].(map[string]any)
	properties["schema"] = map[string]any{"const": Schema, "description": "always " + Schema}
	var types []any
	for _, k := range kinds {
		types = append(types, map[string]any{"const": string(k.Type), "description": k.Doc})
	}
	change := properties["changes"].(map[string]any)["items"].(map[string]any)
	change["properties"].(map[string]any)["type"] = map[string]any{"oneOf": types, "description": "what kind of change it is"}
	return encode(w, root)
}

// schemaOf is the schema of a Go type.
func schemaOf(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Struct:
		properties := map[string]any{}
		var required []string
		for i := range t.NumField() {
			f := t.Field(i)
			s := schemaOf(f.Type)
			s["description"] = f.Tag.Get("doc")
			properties[f.Tag.Get("json")] = s
			required = append(required, f.Tag.Get("json"))
		}
		return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Pointer:
		s := schemaOf(t.Elem())
		s["type"] = []any{s["type"], "null"}
		return s
	case reflect.Int:
		return map[string]any{"type": "integer", "minimum": 1}
	}
	return map[string]any{"type": "string"}
}
