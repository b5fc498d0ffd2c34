{% load static %}import { start } from "{% static 'js/pocket/worker.js' %}";
start("{{ version }}", [{% for file in files %}"{{ file }}"{% if not forloop.last %}, {% endif %}{% endfor %}]);
