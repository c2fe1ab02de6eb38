/** The graph library stands in a script of its own before the page's. */
declare const cytoscape: typeof import('cytoscape');
