#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Grows scikit-learn's decision tree over a table of tests/bench/grow -t, every row a class.

usage: sktree.py TABLE      prints "MS KIB NODES", of the growing alone and of the program
"""
import os
import resource
import sys
import time

os.environ['OMP_NUM_THREADS'] = '1'
import numpy
from sklearn.tree import DecisionTreeClassifier

rows = numpy.loadtxt(sys.argv[1], dtype=numpy.float32)
begun = time.perf_counter()
tree = DecisionTreeClassifier(criterion='entropy', random_state=0).fit(rows, numpy.arange(len(rows)))
took = time.perf_counter() - begun
print('%.3f %d %d' % (took * 1e3, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, tree.tree_.node_count))
