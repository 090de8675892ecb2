/** The frame worker as one text, a classic script: the build writes it here. From the sources the worker starts by address alone. */
export const workerText = "";
