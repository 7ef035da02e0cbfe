int yaml_bare_loop(const char *path);
