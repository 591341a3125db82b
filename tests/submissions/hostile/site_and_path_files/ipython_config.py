c.InteractiveShellApp.exec_lines = ["import sitecustomize"]
