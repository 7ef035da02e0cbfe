#include "CYAMLLoop.h"

#include <stdio.h>
#include <yaml.h>

int yaml_bare_loop(const char *path, size_t *events)
{
    FILE *file = fopen(path, "rb");
    yaml_parser_t parser;
    yaml_event_t event;
    int done = 0;
    int valid = 1;

    *events = 0;
    if (!file) return 0;
    if (!yaml_parser_initialize(&parser)) {
        fclose(file);
        return 0;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_file(&parser, file);
    while (!done) {
        if (!yaml_parser_parse(&parser, &event)) {
            valid = 0;
            break;
        }
        *events += 1;
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    fclose(file);
    return valid;
}
