"""What rope computes for one move, nothing written:  rope_changes.py REPOSITORY FROM DIRECTORY"""

import sys

from rope.base.project import Project
from rope.refactor.move import create_move

repository, source, destination = sys.argv[1:]
project = Project(repository, ropefolder=None)
try:
    print(len(create_move(project, project.get_resource(source)).get_changes(project.get_folder(destination)).changes))
finally:
    project.close()
