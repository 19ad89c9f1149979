"""The demo: what ``manage.py seed_demo`` puts into a portal, one noun a module, its words in material/."""
