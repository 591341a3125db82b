from helper import STOLEN, __getattr__, anything
