"""Style sheets, scripts and fonts as they are served: named by their contents, compressed once."""

from pathlib import Path

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: What our own scripts import is named by its contents too: none of them ever meets an older version of another.
MODULES = ("articles/*.js", ((r"""(?P<matched>from "(?P<url>\./[^"]+)")""", 'from "%(url)s"'),))


class StaticFiles(CompressedManifestStaticFilesStorage):
    patterns = (*CompressedManifestStaticFilesStorage.patterns, MODULES)

    def create_compressor(self, **options):
        # Source maps are the largest files by far, and only a debugger ever asks for them.
        return CompressesOnce(**{**options, "extensions": (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")})


class CompressesOnce(Compressor):
    """Leaves alone what has not changed since: most of the time of `collectstatic` is compression."""

    def compress(self, path):
        done = Path(f"{path}.gz")  # written last, with the time of the file it came from
        if done.exists() and done.stat().st_mtime == Path(path).stat().st_mtime:
            return []
        return super().compress(path)
