"""One move by rope:  rope_move.py REPOSITORY FROM TO

Exit code 0: done; 3: rope says it will not. Anything else is a crash.
"""
import os
import sys

from rope.base.exceptions import RefactoringError
from rope.base.project import Project
from rope.refactor.move import create_move
from rope.refactor.rename import Rename


def package_at(project, path):
    """A directory that is a package, made with those above it where it is new."""
    full = os.path.join(project.address, path)
    if not os.path.isdir(full):
        package_at(project, os.path.dirname(path))
        os.mkdir(full)
        open(os.path.join(full, "__init__.py"), "w").close()
    return project.get_folder(path)


def main(repository, source, target):
    project = Project(repository, ropefolder=None)
    resource = project.get_resource(source)
    above, name = os.path.split(target)
    try:
        if above == os.path.dirname(source):
            changes = Rename(project, resource).get_changes(name.removesuffix(".py"))
        else:
            changes = create_move(project, resource).get_changes(package_at(project, above))
        project.do(changes)
    except RefactoringError as error:
        print(f"{type(error).__name__}: {error}")
        return 3
    finally:
        project.close()
    return 0


sys.exit(main(*sys.argv[1:]))
