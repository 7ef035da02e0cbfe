#include "CYAMLLoop.h"

#include <yaml.h>

int yaml_bare_loop(const unsigned char *bytes, size_t length, size_t *events)
{
    yaml_parser_t parser;
    yaml_event_t event;
    int done = 0;
    int valid = 1;

    *events = 0;
    if (!yaml_parser_initialize(&parser)) return 0;
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, bytes, length);
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
    return valid;
}
