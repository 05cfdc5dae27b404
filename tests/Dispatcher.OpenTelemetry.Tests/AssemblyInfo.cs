// The sources and the meter belong to the process: every provider would hear the runs of all tests.
[assembly: NonParallelizable]
