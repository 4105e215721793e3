import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Files with relative addresses, so that the explorer also works behind a path of a reverse proxy. */
export default defineConfig({
  base: './',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 8_000, reportCompressedSize: false },
});
