import preset from '../../jest.preset.js';

// Composing graphs and starting planners takes seconds where others use the machine
export default { ...preset, displayName: 'executor', testTimeout: 60_000 };
