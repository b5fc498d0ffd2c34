"""Static files under names that carry their content's hash, so a browser keeps them for a year."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Also rewrites the `import "./other.js"` lines of our ES modules to the hashed names."""

    support_js_module_import_aggregation = True
