// Leads the unmodified clasp to another root of the Apps Script API: node --import.
import { google } from 'googleapis';

const script = google.script;
google.script = options => script.call(google, { ...options, rootUrl: process.env.JADA_GOOGLE_ENDPOINT_URL });
